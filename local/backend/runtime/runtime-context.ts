import vm from "node:vm";
import { closeHostRealm } from "./host-realm";
import { AFTER_BOOTSTRAP_SOURCE } from "./runtime-bootstrap";

/** What the code in a context may do: queries and mutations have no I/O, no timers and a clock that stands still. */
export type RuntimeKind = "transaction" | "action";

/** The outside of a context. All functions are called while a function of the context runs. */
export interface RuntimeHooks {
  convex: object;
  console: object;
  env: Record<string, string>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** A number in [0, 1). */
  random(): number;
}

/**
 * Classes that must be one and the same on both sides: `value instanceof ArrayBuffer` decides how Convex
 * encodes a value, and the Web APIs below hand out buffers of this side.
 */
const SHARED = [
  "ArrayBuffer", "DataView", "Uint8Array", "Int8Array", "Uint8ClampedArray", "Uint16Array", "Int16Array", "Uint32Array",
  "Int32Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array",
  "TextEncoder", "TextDecoder", "URL", "URLSearchParams", "Blob", "File", "FormData", "Headers", "Request", "Response",
  "Event", "EventTarget", "AbortController", "AbortSignal", "DOMException", "ReadableStream", "WritableStream",
  "TransformStream", "ByteLengthQueuingStrategy", "CountQueuingStrategy", "TextEncoderStream", "TextDecoderStream",
  "CompressionStream", "DecompressionStream", "CryptoKey", "SubtleCrypto", "crypto", "atob", "btoa", "structuredClone",
  "queueMicrotask",
] as const;

const IO = ["fetch", "setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] as const;

const refuseKeys = (): Promise<never> =>
  Promise.reject(new Error("Can't use cryptographic randomness in queries and mutations. Please consider using an action. See https://docs.convex.dev/functions/actions for more details."));

/** A fresh context with the globals of Convex's default runtime. The thread is its alone from then on: see {@link closeHostRealm}. */
export function createRuntime(kind: RuntimeKind, hooks: RuntimeHooks): vm.Context {
  const host = globalThis as unknown as Record<string, unknown>;
  const globals: Record<string, unknown> = {
    Convex: hooks.convex,
    console: hooks.console,
    process: { env: hooks.env },
  };
  for (const name of SHARED) globals[name] = host[name];
  if (kind === "action") for (const name of IO) globals[name] = host[name];
  // The class is the thread's, and so is this: its contexts share it.
  else SubtleCrypto.prototype.generateKey = refuseKeys;
  // An ordinary global object, where Node has it (20.18 on): one that Node keeps in step with an object of ours costs every
  // access to a global a call out of V8, which made functions three times as slow.
  const context = Object.assign(vm.createContext(vm.constants.DONT_CONTEXTIFY ?? {}, { name: `convex ${kind}`, codeGeneration: { strings: true, wasm: true } }), globals);
  const bootstrap = vm.runInContext(AFTER_BOOTSTRAP_SOURCE, context, { filename: "convex:runtime" }) as (
    host: object,
    frozen: boolean,
  ) => void;
  bootstrap({ now: () => hooks.now(), random: () => hooks.random(), errors: { Error, TypeError, RangeError, SyntaxError, ReferenceError } }, kind === "transaction");
  closeHostRealm();
  return context;
}
