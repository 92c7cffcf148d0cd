import { fetchAction, fetchMutation, fetchQuery, type NextjsOptions } from "convex/nextjs";
import type { ArgsAndOptions, FunctionReference, FunctionReturnType } from "convex/server";

/*
 * The only way from a route handler to Convex: each call carries the server's secret, and goes
 * to one of the functions made for it. With `token` it is made in the name of a signed-in person too.
 */

type WithoutSecret<Args> = Omit<Args, "secret">;
type ServerFunction<Kind extends "query" | "mutation" | "action"> = FunctionReference<
  Kind,
  "public",
  { secret: string } & Record<string, unknown>
>;

function setting(name: "CONVEX_URL" | "LINEARTIME_SERVER_SECRET"): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Start LinearTime with npm start, or see docs/running.md.`);
  return value;
}

/** The arguments with the secret added, as convex/nextjs takes them. */
function call<Fn extends FunctionReference<"query" | "mutation" | "action">>(
  args: WithoutSecret<Fn["_args"]>,
  token: string | undefined,
): ArgsAndOptions<Fn, NextjsOptions> {
  const complete = { ...args, secret: setting("LINEARTIME_SERVER_SECRET") };
  const options = { url: setting("CONVEX_URL"), ...(token === undefined ? {} : { token }) };
  return [complete, options] as unknown as ArgsAndOptions<Fn, NextjsOptions>;
}

export async function serverQuery<Fn extends ServerFunction<"query">>(
  fn: Fn,
  args: WithoutSecret<Fn["_args"]>,
): Promise<FunctionReturnType<Fn>> {
  return await fetchQuery(fn, ...call<Fn>(args, undefined));
}

export async function serverMutation<Fn extends ServerFunction<"mutation">>(
  fn: Fn,
  args: WithoutSecret<Fn["_args"]>,
  token?: string,
): Promise<FunctionReturnType<Fn>> {
  return await fetchMutation(fn, ...call<Fn>(args, token));
}

export async function serverAction<Fn extends ServerFunction<"action">>(
  fn: Fn,
  args: WithoutSecret<Fn["_args"]>,
  token?: string,
): Promise<FunctionReturnType<Fn>> {
  return await fetchAction(fn, ...call<Fn>(args, token));
}
