import { FunctionError } from "../values/encoded-value";

/** Bytes of a file as text. Throws {@link FunctionError} when they are not UTF-8; `where` says whose they are. */
export function textOf(bytes: Buffer, where: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new FunctionError(`${where}: not UTF-8 text.`);
  }
}
