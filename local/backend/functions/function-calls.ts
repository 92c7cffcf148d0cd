import { z } from "zod";
import { tableKey, tableWith, type Catalog } from "../tables/catalog";
import { FunctionError, type Encoded } from "../values/encoded-value";
import { parseFunctionPath, type FunctionFacts } from "./function-registry";
import { limits } from "../limits";
import { formatBytes } from "../values/byte-size";
import { tableNumberOf } from "../values/document-id";
import { findMismatch, type IdCheck } from "../values/validator";
import { describeMismatch } from "../values/validator-text";
import { assertValue, sizeOf } from "../values/value-limits";

export const encodedSchema = z.custom<Encoded>((value) => value !== undefined);

/** Ids are checked against the tables that a component's functions know by their names. */
export function idCheck(catalog: Catalog, component: string): IdCheck {
  return (id, tableName) => tableNumberOf(id) === tableWith(catalog, tableKey(component, tableName))?.number;
}

/** Throws {@link FunctionError} when the arguments of a function are not what it declares or are too large. */
export function checkArguments(facts: FunctionFacts, path: string, args: Encoded, isId: IdCheck): void {
  explained(() => assertValue(args), (problem) => `Invalid arguments for ${runtimePath(path)}: ${problem}`);
  assertArgumentSize(path, args, limits.argumentBytes);
  const mismatch = facts.args === null ? null : findMismatch(facts.args, args, isId);
  if (mismatch !== null) throw new FunctionError(`ArgumentValidationError: ${describeMismatch(mismatch)}`);
}

/** Throws {@link FunctionError} when arguments take more than `most` bytes. */
export function assertArgumentSize(path: string, args: Encoded, most: number): void {
  const size = sizeOf(args);
  if (size > most) throw new FunctionError(`Arguments for ${runtimePath(path)} are too large (actual: ${formatBytes(size)}, limit: ${formatBytes(most)})`);
}

/** Throws {@link FunctionError} when the result of a function is not what it declares or is too large. */
export function checkResult(facts: FunctionFacts, path: string, resultJson: string, isId: IdCheck): void {
  const result = JSON.parse(resultJson) as Encoded;
  // Only what is long can be large: a number of one digit takes nine bytes, with its comma two characters.
  const size = resultJson.length * 5 > limits.resultBytes ? sizeOf(result) : 0;
  if (size > limits.resultBytes) throw new FunctionError(`Function ${runtimePath(path)} return value is too large (actual: ${formatBytes(size)}, limit: ${formatBytes(limits.resultBytes)})`);
  explained(() => assertValue(result), (problem) => `Function ${runtimePath(path)} return value invalid: ${problem}`);
  const mismatch = facts.returns === null ? null : findMismatch(facts.returns, result, isId);
  if (mismatch !== null) throw new FunctionError(`ReturnsValidationError: ${describeMismatch(mismatch)}`);
}

/** A function as the messages of the real backend name it: `folder/module.js:name`. */
function runtimePath(path: string): string {
  const { module, name } = parseFunctionPath(path);
  return `${module}:${name}`;
}

function explained(check: () => void, explain: (problem: string) => string): void {
  try {
    check();
  } catch (thrown) {
    throw thrown instanceof FunctionError ? new FunctionError(explain(thrown.message)) : thrown;
  }
}
