import { z } from "zod";
import type { Catalog } from "../store/catalog";
import { FunctionError, type Encoded } from "../values/encoded-value";
import type { FunctionFacts } from "./function-registry";
import { limits } from "../limits";
import { tableNumberOf } from "../values/document-id";
import { describeMismatch, findMismatch, type IdCheck } from "../values/validator";
import { assertValue, sizeOf } from "../values/value-limits";

export const encodedSchema = z.custom<Encoded>((value) => value !== undefined);

/** How code names a function: by path, or by the handle of one. */
export const functionAddress = z.object({
  name: z.string().optional(),
  functionHandle: z.string().optional(),
  reference: z.string().optional(),
});

const HANDLE = "function://;";

/** The path an address stands for. Throws {@link FunctionError} for components' functions, which there are none of here. */
export function pathOf(address: z.infer<typeof functionAddress>): string {
  if (address.name !== undefined) return address.name;
  if (address.functionHandle?.startsWith(HANDLE)) return address.functionHandle.slice(HANDLE.length);
  throw new FunctionError("Components are not available on the embedded backend.");
}

/** The handle that {@link pathOf} turns back into `path`. */
export function handleOf(path: string): string {
  return HANDLE + path;
}

/** Ids are checked against the tables of `catalog`. */
export function idCheck(catalog: Catalog): IdCheck {
  return (id, tableName) => tableNumberOf(id) === catalog.tables[tableName]?.number;
}

/** Throws {@link FunctionError} when the arguments are not what the function declares or are too large. */
export function checkArguments(facts: FunctionFacts, args: Encoded, isId: IdCheck): void {
  assertValue(args);
  const size = sizeOf(args);
  if (size > limits.argumentBytes) throw new FunctionError(`Function arguments are too large (${size} bytes, limit: ${limits.argumentBytes} bytes)`);
  const mismatch = facts.args === null ? null : findMismatch(facts.args, args, isId);
  if (mismatch !== null) throw new FunctionError(`ArgumentValidationError: ${describeMismatch(mismatch)}`);
}

/** Throws {@link FunctionError} when a result is not what the function declares or is too large. */
export function checkResult(facts: FunctionFacts, resultJson: string, isId: IdCheck): void {
  if (resultJson.length > limits.resultBytes) {
    throw new FunctionError(`Function return value is too large (${resultJson.length} bytes, limit: ${limits.resultBytes} bytes)`);
  }
  const result = JSON.parse(resultJson) as Encoded;
  assertValue(result);
  const mismatch = facts.returns === null ? null : findMismatch(facts.returns, result, isId);
  if (mismatch !== null) throw new FunctionError(`ReturnsValidationError: ${describeMismatch(mismatch)}`);
}
