import { FunctionError, parseEncoded, type Encoded } from "../values/encoded-value";
import { sourceFrames } from "../runtime/source-maps";

/** How a function failed, as plain data: the text for its caller, and the payload of a `ConvexError`. */
export interface Failure {
  message: string;
  data?: Encoded;
  /** The code by which the CLI knows a refusal of a push. */
  code?: string;
}

/** A push that was refused for a reason the CLI has a name for. */
export class PushRefused extends FunctionError {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Turns whatever pushed code threw into a {@link Failure}, be it such that looking at it throws. */
export function failureOf(thrown: unknown): Failure {
  try {
    return describe(thrown);
  } catch {
    // A getter or a proxy of pushed code threw in its turn.
    return { message: "Uncaught Error (it cannot be shown)" };
  }
}

function describe(thrown: unknown): Failure {
  if (typeof thrown !== "object" || thrown === null) return { message: `Uncaught ${String(thrown)}` };
  const { name, message, stack, data } = thrown as { name?: unknown; message?: unknown; stack?: unknown; data?: unknown };
  if (thrown instanceof PushRefused) return { message: thrown.message, code: thrown.code };
  if (thrown instanceof FunctionError) return { message: thrown.message };
  const frames = typeof stack === "string" ? sourceFrames(stack) : "";
  const text = typeof message === "string" && message !== "" ? `: ${message}` : "";
  const failure = { message: `Uncaught ${typeof name === "string" ? name : "Error"}${text}${frames}` };
  return "ConvexErrorSymbol" in thrown && typeof data === "string" ? { ...failure, data: parseEncoded(data) } : failure;
}

/** An error to throw into pushed code for a failure of something it called; `data` travels with it. */
export function errorFrom({ message, data }: Failure): Error {
  const error = new FunctionError(message);
  return data === undefined ? error : Object.assign(error, { data });
}
