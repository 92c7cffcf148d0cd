import { z } from "zod";
import { tableKey, type Catalog } from "../store/catalog";
import { FunctionError, type Encoded } from "../values/encoded-value";
import type { FunctionFacts } from "./function-registry";
import { limits } from "../limits";
import { tableNumberOf } from "../values/document-id";
import { describeMismatch, findMismatch, type IdCheck } from "../values/validator";
import { assertValue, sizeOf } from "../values/value-limits";

export const encodedSchema = z.custom<Encoded>((value) => value !== undefined);

/** Ids are checked against the tables that a component's functions know by their names. */
export function idCheck(catalog: Catalog, component: string): IdCheck {
  return (id, tableName) => tableNumberOf(id) === catalog.tables[tableKey(component, tableName)]?.number;
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
