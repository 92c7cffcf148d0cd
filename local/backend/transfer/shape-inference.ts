import { kindOf, type Encoded } from "../values/encoded-value";
import { UNKNOWN, type Shape } from "./shape";

/** Objects with more different fields than this are taken for records. */
const MOST_FIELDS = 64;
/** What is nested deeper is not looked into. */
const DEEPEST = 16;
const FIELD = /^[a-zA-Z_][a-zA-Z0-9_]{0,63}$/;

/** Finds the shape that many values have in common. */
export class ShapeInference {
  private readonly names = new Set<string>();
  private element: ShapeInference | null = null;
  private objects = 0;
  /** Null once the objects are taken for records, whose values `values` is about. */
  private fields: Map<string, { seen: number; values: ShapeInference }> | null = new Map();
  private values: ShapeInference | null = null;

  constructor(private readonly depth = 0) {}

  add(value: Encoded): void {
    const typed = kindOf(value);
    if (this.depth > DEEPEST) this.names.add("unknown");
    else if (typed.kind === "array") {
      this.element ??= this.inner();
      for (const item of typed.value) this.element.add(item);
    } else if (typed.kind === "object") {
      this.objects++;
      for (const name in typed.value) this.valuesAt(name, 1).add(typed.value[name] ?? null);
    } else {
      this.names.add(typed.kind === "float64" ? nameOfNumber(typed.value) : typed.kind);
    }
  }

  shape(): Shape {
    const members: Shape[] = this.names.has("unknown") ? [UNKNOWN] : [...this.names].sort().map((name) => ({ kind: "scalar", name }));
    if (this.element !== null) members.push({ kind: "array", element: this.element.shape() });
    if (this.values !== null) members.push({ kind: "record", keys: { kind: "scalar", name: "string" }, values: this.values.shape() });
    else if (this.objects > 0) members.push(this.object());
    if (members.length === 0) return { kind: "scalar", name: "never" };
    return members.length === 1 && members[0] !== undefined ? members[0] : { kind: "union", members };
  }

  private object(): Shape {
    const fields = [...(this.fields ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    return { kind: "object", fields: new Map(fields.map(([name, { seen, values }]) => [name, { shape: values.shape(), optional: seen < this.objects }])) };
  }

  /** What is known of a field that `seen` more objects have. */
  private valuesAt(name: string, seen: number): ShapeInference {
    if (this.fields !== null) {
      let field = this.fields.get(name);
      if (field === undefined && this.fields.size < MOST_FIELDS && FIELD.test(name)) {
        field = { seen: 0, values: this.inner() };
        this.fields.set(name, field);
      }
      if (field !== undefined) {
        field.seen += seen;
        return field.values;
      }
    }
    return this.asRecord();
  }

  /** What is known of all fields together; from now on they are not told apart. */
  private asRecord(): ShapeInference {
    const { fields } = this;
    this.fields = null;
    const values = (this.values ??= this.inner());
    for (const known of fields?.values() ?? []) values.merge(known.values);
    return values;
  }

  private merge(other: ShapeInference): void {
    for (const name of other.names) this.names.add(name);
    if (other.element !== null) (this.element ??= this.inner()).merge(other.element);
    this.objects += other.objects;
    for (const [name, { seen, values }] of other.fields ?? []) this.valuesAt(name, seen).merge(values);
    if (other.values !== null) this.asRecord().merge(other.values);
  }

  private inner(): ShapeInference {
    return new ShapeInference(this.depth + 1);
  }
}

function nameOfNumber(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  return value === Infinity ? "inf" : value === -Infinity ? "-inf" : "normalfloat64";
}
