import { z } from "zod";
import type { QueryOutcome } from "../engine/call";
import { encodedSchema } from "../functions/function-calls";

/** The messages of the official WebSocket protocol that a client sends, as far as this host reads them. */
const udfCall = { requestId: z.number().int().nonnegative(), udfPath: z.string(), args: z.array(encodedSchema), componentPath: z.string().nullish() };
const identityVersion = z.number().int().nonnegative();

const anyMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("Connect"), sessionId: z.string().max(200), connectionCount: z.number(), maxObservedTimestamp: z.string().nullish(), clientTs: z.number().optional() }),
  z.object({
    type: z.literal("ModifyQuerySet"),
    baseVersion: z.number(),
    newVersion: z.number(),
    modifications: z.array(
      z.discriminatedUnion("type", [
        z.object({ type: z.literal("Add"), queryId: z.number(), udfPath: z.string(), args: z.array(encodedSchema), journal: z.string().nullish(), componentPath: z.string().nullish() }),
        z.object({ type: z.literal("Remove"), queryId: z.number() }),
      ]),
    ),
  }),
  z.object({ type: z.literal("Authenticate"), tokenType: z.enum(["User", "Admin", "None"]), value: z.string().optional(), baseVersion: identityVersion, impersonating: z.record(z.string(), encodedSchema).nullish() }),
  z.object({ type: z.literal("Mutation"), ...udfCall }),
  z.object({ type: z.literal("Action"), ...udfCall }),
  z.object({ type: z.literal("Event"), eventType: z.string(), event: z.unknown() }),
]);
export type ClientMessage = z.infer<typeof anyMessage>;
type FunctionCall = Extract<ClientMessage, { type: "Mutation" | "Action" }>;

/**
 * A frame that a client sent. Throws for one that makes no sense. Calls of functions, which are nearly all of them, are looked at by
 * hand: going through the schema took longer than all else that is done before a function runs.
 */
export function clientMessage(text: string): ClientMessage {
  const message: unknown = JSON.parse(text);
  return isFunctionCall(message) ? message : anyMessage.parse(message);
}

function isFunctionCall(message: unknown): message is FunctionCall {
  if (typeof message !== "object" || message === null) return false;
  const { type, requestId, udfPath, args, componentPath } = message as Partial<Record<keyof FunctionCall, unknown>>;
  return (
    (type === "Mutation" || type === "Action") &&
    Number.isSafeInteger(requestId) && (requestId as number) >= 0 && // it is an integer, by the condition before
    typeof udfPath === "string" &&
    Array.isArray(args) &&
    (componentPath === undefined || componentPath === null || typeof componentPath === "string")
  );
}

/** A timestamp as the protocol carries it: base64 of a little-endian 64-bit integer. */
export function encodeTs(ts: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(ts));
  return bytes.toString("base64");
}

/** The timestamp that {@link encodeTs} has encoded, or null when it is none. */
export function decodeTs(text: string): number | null {
  const bytes = Buffer.from(text, "base64");
  return bytes.length === 8 ? Number(bytes.readBigUInt64LE()) : null;
}

/** Longer transitions are sent in chunks of this many characters. */
const CHUNK_LENGTH = 4 * 1024 * 1024;

/** A transition, as JSON text, as the frames to send: one, or several when it is too long for a frame. */
export function toFrames(text: string, transitionId: string): string[] {
  if (text.length <= CHUNK_LENGTH) return [text];
  const totalParts = Math.ceil(text.length / CHUNK_LENGTH);
  return Array.from({ length: totalParts }, (_, partNumber) =>
    JSON.stringify({
      type: "TransitionChunk",
      chunk: text.slice(partNumber * CHUNK_LENGTH, (partNumber + 1) * CHUNK_LENGTH),
      partNumber,
      totalParts,
      transitionId,
    }),
  );
}

const modificationTexts = new WeakMap<QueryOutcome, string>();

/** The modification of a transition that brings a result, as JSON text. The long part of it is made once for all clients. */
export function modificationText(queryId: number, outcome: QueryOutcome): string {
  let rest = modificationTexts.get(outcome);
  if (rest === undefined) {
    const { logLines, journal } = outcome;
    const common = `"logLines":${JSON.stringify(logLines)},"journal":${JSON.stringify(journal)}`;
    // The value is JSON text already: it was checked where it was made.
    if (outcome.ok) rest = `"type":"QueryUpdated","value":${outcome.value},${common}}`;
    else {
      const { message, data } = outcome.failure;
      rest = `"type":"QueryFailed","errorMessage":${JSON.stringify(message)},${data === undefined ? "" : `"errorData":${JSON.stringify(data)},`}${common}}`;
    }
    modificationTexts.set(outcome, rest);
  }
  return `{"queryId":${queryId},${rest}`;
}
