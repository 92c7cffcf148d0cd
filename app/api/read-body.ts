/** The body of a request, byte for byte; null when it is larger than `maxBytes`, of which no more is then read. */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array | null> {
  const announced = request.headers.get("content-length");
  if (announced === "0") return new Uint8Array();
  if (Number(announced ?? 0) > maxBytes) return null;
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
}
