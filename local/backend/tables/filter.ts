import {
  encodeInt64,
  encodeNumber,
  fieldAt,
  FunctionError,
  isPlainObject,
  kindOf,
  type Encoded,
  type EncodedObject,
} from "../values/encoded-value";
import { compareValues } from "../values/keys";

type Operands = [Encoded | undefined, Encoded | undefined];

const COMPARISONS: Record<string, (order: number) => boolean> = {
  $eq: (order) => order === 0,
  $neq: (order) => order !== 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
};

const ARITHMETIC: Record<string, { float: (a: number, b: number) => number; int: (a: bigint, b: bigint) => bigint }> = {
  $add: { float: (a, b) => a + b, int: (a, b) => a + b },
  $sub: { float: (a, b) => a - b, int: (a, b) => a - b },
  $mul: { float: (a, b) => a * b, int: (a, b) => a * b },
  $div: { float: (a, b) => a / b, int: (a, b) => a / b },
  $mod: { float: (a, b) => a % b, int: (a, b) => a % b },
  $neg: { float: (a) => -a, int: (a) => -a },
};

/** Whether a document passes the serialized expression of `.filter(...)`. Throws {@link FunctionError} for a malformed one. */
export function passesFilter(expression: Encoded, document: EncodedObject): boolean {
  return evaluate(expression, document) === true;
}

function evaluate(expression: Encoded | undefined, document: EncodedObject): Encoded | undefined {
  if (typeof expression !== "object" || expression === null || Array.isArray(expression)) {
    throw new FunctionError("Malformed filter expression");
  }
  const [operator] = Object.keys(expression);
  if (operator === undefined) throw new FunctionError("Malformed filter expression");
  const operand = expression[operator];
  if (operator === "$literal") return isPlainObject(operand) || operand === undefined ? operand : literal(operand);
  if (operator === "$field") return fieldAt(document, String(operand));
  if (operator === "$not") return evaluate(operand, document) !== true;
  if (operator === "$neg") return arithmetic("$neg", [evaluate(operand, document), evaluate(operand, document)]);
  if (!Array.isArray(operand)) throw new FunctionError(`Malformed filter operator ${operator}`);
  if (operator === "$and") return operand.every((part) => evaluate(part, document) === true);
  if (operator === "$or") return operand.some((part) => evaluate(part, document) === true);
  const both: Operands = [evaluate(operand[0], document), evaluate(operand[1], document)];
  const compare = COMPARISONS[operator];
  if (compare !== undefined) return compare(compareValues(...both));
  return arithmetic(operator, both);
}

function literal(value: Encoded): Encoded | undefined {
  return kindOf(value).kind === "undefined" ? undefined : value;
}

function arithmetic(operator: string, [left, right]: Operands): Encoded {
  const apply = ARITHMETIC[operator];
  if (apply === undefined) throw new FunctionError(`Unknown filter operator ${operator}`);
  const a = kindOf(left);
  const b = kindOf(right);
  if (a.kind === "float64" && b.kind === "float64") return encodeNumber(apply.float(a.value, b.value));
  if (a.kind === "int64" && b.kind === "int64") {
    if (b.value === 0n && (operator === "$div" || operator === "$mod")) throw new FunctionError(`Filter operator ${operator}: an int64 cannot be divided by zero`);
    const value = apply.int(a.value, b.value);
    if (BigInt.asIntN(64, value) !== value) throw new FunctionError(`Filter operator ${operator}: ${value} does not fit into an int64`);
    return encodeInt64(value);
  }
  throw new FunctionError(`Filter operator ${operator} needs two numbers of one type, got ${a.kind} and ${b.kind}`);
}
