import { equalInConstantTime } from "@/lib/security/constant-time";
import { currentHealth } from "./current-health";

/**
 * 200 while LinearTime does its work, 503 while it does not. The public learns no more than that; who sends
 * `HEALTH_TOKEN` as a bearer token gets the reasons.
 */
export async function GET(request: Request): Promise<Response> {
  const token = bearerOf(request);
  if (token !== null && !isHealthToken(token)) {
    return Response.json({ message: "This is not the health token." }, { status: 401, headers: { "cache-control": "no-store" } });
  }
  const health = await currentHealth();
  const status = health.up ? 200 : 503;
  const word = health.up ? "up" : "down";
  if (token === null) return Response.json({ status: word }, { status, headers: { "cache-control": "public, max-age=10" } });
  return Response.json({ status: word, ...health.details }, { status, headers: { "cache-control": "no-store" } });
}

function bearerOf(request: Request): string | null {
  return /^Bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? null;
}

function isHealthToken(token: string): boolean {
  const expected = process.env.HEALTH_TOKEN;
  return expected !== undefined && expected !== "" && equalInConstantTime(token, expected);
}
