import { isPlainObject, kindOf, type Encoded } from "./encoded-value";
import { compareValues } from "./keys";

/** A validator in the JSON form that `convex/values` exports and the CLI pushes. */
export type Validator =
  | { type: "null" | "number" | "bigint" | "boolean" | "string" | "bytes" | "any" | "commitTs" }
  | { type: "literal"; value: Encoded }
  | { type: "id"; tableName: string }
  | { type: "array"; value: Validator }
  | { type: "record"; keys: Validator; values: { fieldType: Validator } }
  | { type: "union"; value: Validator[] }
  | { type: "object"; value: Record<string, { fieldType: Validator; optional: boolean }> };

type ValidatorOf<Type extends Validator["type"]> = Extract<Validator, { type: Type }>;

/** Where and why a value does not match. */
export interface Mismatch {
  path: string;
  reason: string;
  value: Encoded | undefined;
  validator: Validator;
}

/** Says whether `id` is an id of a document in the table called `tableName`. */
export type IdCheck = (id: string, tableName: string) => boolean;

const KIND_OF_TYPE: Record<"bigint" | "commitTs" | "bytes", string> = { bigint: "int64", commitTs: "int64", bytes: "bytes" };

/** The first way in which a value does not match the validator that this was made of, or null. */
type Check = (value: Encoded, isId: IdCheck) => Mismatch | null;

/** Checks by their validators, each made once: a validator is met again and again, by every row of an answer. */
const checks = new WeakMap<Validator, Check>();

/** The first way in which `value` does not match, or null. The validator must not be changed afterwards. */
export function findMismatch(validator: Validator, value: Encoded, isId: IdCheck): Mismatch | null {
  let check = checks.get(validator);
  if (check === undefined) {
    check = checkOf(validator);
    checks.set(validator, check);
  }
  return check(value, isId);
}

function checkOf(validator: Validator): Check {
  switch (validator.type) {
    case "any":
      return () => null;
    case "id":
      return only(validator, (value, isId) => typeof value === "string" && isId(value, validator.tableName));
    case "string":
      return only(validator, (value) => typeof value === "string");
    case "boolean":
      return only(validator, (value) => typeof value === "boolean");
    case "null":
      return only(validator, (value) => value === null);
    case "number":
      return only(validator, (value) => typeof value === "number" || kindOf(value).kind === "float64");
    case "literal":
      return literalCheck(validator);
    case "array":
      return arrayCheck(validator);
    case "union":
      return unionCheck(validator);
    case "record":
      return recordCheck(validator);
    case "object":
      return objectCheck(validator);
    default: {
      const kind = KIND_OF_TYPE[validator.type];
      return only(validator, (value) => kindOf(value).kind === kind);
    }
  }
}

function only(validator: Validator, matches: (value: Encoded, isId: IdCheck) => boolean): Check {
  return (value, isId) => (matches(value, isId) ? null : mismatch(validator, value));
}

function literalCheck(validator: ValidatorOf<"literal">): Check {
  const literal = validator.value;
  if (typeof literal === "string") return only(validator, (value) => value === literal);
  return only(validator, (value) => value === literal || compareValues(literal, value) === 0);
}

function arrayCheck(validator: ValidatorOf<"array">): Check {
  const check = checkOf(validator.value);
  return (value, isId) => {
    if (!Array.isArray(value)) return mismatch(validator, value);
    let index = 0;
    for (const item of value) {
      const found = check(item, isId);
      if (found !== null) return within(`[${index}]`, found);
      index++;
    }
    return null;
  };
}

function unionCheck(validator: ValidatorOf<"union">): Check {
  const members = validator.value.map(checkOf);
  return (value, isId) => {
    for (const check of members) if (check(value, isId) === null) return null;
    return mismatch(validator, value);
  };
}

function recordCheck(validator: ValidatorOf<"record">): Check {
  const [checkName, checkField] = [checkOf(validator.keys), checkOf(validator.values.fieldType)];
  return (value, isId) => {
    if (!isPlainObject(value)) return mismatch(validator, value);
    for (const name in value) {
      const found = checkName(name, isId) ?? checkField(value[name] ?? null, isId);
      if (found !== null) return within(`.${name}`, found);
    }
    return null;
  };
}

function objectCheck(validator: ValidatorOf<"object">): Check {
  const fields = Object.entries(validator.value).map(([name, { fieldType, optional }]) => ({ name, optional, check: checkOf(fieldType) }));
  const known = new Set(Object.keys(validator.value));
  return (value, isId) => {
    if (!isPlainObject(value)) return mismatch(validator, value);
    for (const { name, optional, check } of fields) {
      const inner = Object.hasOwn(value, name) ? value[name] : undefined;
      if (inner === undefined) {
        if (optional) continue;
        return mismatch(validator, value, `Object is missing the required field \`${name}\`. Consider wrapping the field validator in \`v.optional(...)\` if this is expected.`);
      }
      const found = check(inner, isId);
      if (found !== null) return within(`.${name}`, found);
    }
    for (const name in value) {
      if (!known.has(name)) return mismatch(validator, value, `Object contains extra field \`${name}\` that is not in the validator.`);
    }
    return null;
  };
}

function mismatch(validator: Validator, value: Encoded, reason = "Value does not match validator."): Mismatch {
  return { path: "", reason, value, validator };
}

/** A mismatch inside of something, as seen from outside. */
function within(step: string, found: Mismatch): Mismatch {
  return { ...found, path: step + found.path };
}
