import { proofOf } from "@/lib/channels/proof";

/**
 * Answers the challenge with which the deployment finds out whether a provider's call would reach this LinearTime. 404 to
 * everything else.
 */
export async function proveCallback(request: Request): Promise<Response> {
  const challenge = new URL(request.url).searchParams.get("challenge") ?? "";
  const proof = await proofOf(challenge, process.env.LINEARTIME_SERVER_SECRET ?? "");
  if (proof === null) return new Response("Not found", { status: 404 });
  return new Response(proof, { headers: { "content-type": "text/plain", "cache-control": "no-store" } });
}
