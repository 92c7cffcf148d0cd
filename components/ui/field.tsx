import { type ComponentProps, useId } from "react";
import { CircleAlert } from "lucide-react";
import { Input } from "./input";

export interface FieldError {
  message: string;
  /** What to do about it. */
  action?: string;
}

interface FieldProps extends Omit<ComponentProps<typeof Input>, "id"> {
  label: string;
  hint?: string;
  error?: FieldError | null;
}

/** A labelled input with its hint and, when there is one, its error, tied together for screen readers. */
export function Field({ label, hint, error, ...input }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = error ? errorId : hint ? hintId : undefined;
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-12 font-medium text-fg-2">
        {label}
      </label>
      <Input
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy}
      />
      {error ? (
        <p id={errorId} role="alert" className="mt-1.5 flex gap-1.5 text-12 text-bad-text">
          <CircleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
          <span>
            {error.message}
            {error.action ? <span className="text-fg-2"> {error.action}</span> : null}
          </span>
        </p>
      ) : null}
      {hint && !error ? (
        <p id={hintId} className="mt-1 text-12 text-fg-3">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
