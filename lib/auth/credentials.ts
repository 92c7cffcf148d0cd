import { z } from "zod";

/** A form that was filled in wrongly: the field and what to do. */
export interface FieldProblem {
  ok: false;
  field: "name" | "email" | "password";
  message: string;
}

const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "This e-mail address is too long.")
  .pipe(z.email("Enter an e-mail address such as nora@example.com."));

const registration = z.object({
  name: z.string().trim().min(1, "Enter your name.").max(100, "Use at most 100 characters."),
  email,
  password: z
    .string()
    .min(10, "Use at least 10 characters.")
    .max(200, "Use at most 200 characters."),
});

const credentials = z.object({
  email,
  password: z.string().min(1, "Enter your password.").max(200, "Use at most 200 characters."),
});

function problem(error: z.ZodError): FieldProblem {
  const [issue] = error.issues;
  const field = issue?.path[0];
  return {
    ok: false,
    field: field === "name" || field === "email" ? field : "password",
    message: issue?.message ?? "This is not valid.",
  };
}

/** What a sign-up form must hold; the e-mail comes back in lower case. */
export function checkRegistration(
  form: unknown,
): { ok: true; name: string; email: string } | FieldProblem {
  const parsed = registration.safeParse(form);
  if (!parsed.success) return problem(parsed.error);
  return { ok: true, name: parsed.data.name, email: parsed.data.email };
}

/** What a sign-in form must hold. */
export function checkCredentials(form: unknown): { ok: true; email: string } | FieldProblem {
  const parsed = credentials.safeParse(form);
  return parsed.success ? { ok: true, email: parsed.data.email } : problem(parsed.error);
}
