import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { hostLimits } from "../limits";
import { HttpRefusal, readBody, readJson, sendJson } from "../serving/http-exchange";
import { ExportInProgress, finishUploadBody, type Transfers } from "./transfers";

const performBody = z.object({ importId: z.string() });

/** Answers the requests of `npx convex export` and `import`; false when this is none of them. The caller has checked the admin key. */
export async function serveTransfer(transfers: Transfers, request: IncomingMessage, response: ServerResponse, route: string, query: URLSearchParams): Promise<boolean> {
  const [, ts] = /^GET \/api\/export\/zip\/(\w+)$/.exec(route) ?? [];
  if (ts !== undefined) {
    const archive = transfers.download(ts);
    if (archive === null) throw new HttpRefusal(404, "ExportNotFound", "There is no such export.");
    response.writeHead(200, { "Content-Type": "application/zip", "Content-Disposition": `attachment; filename=${archive.name}` });
    archive.stream.on("error", () => response.destroy()).pipe(response);
    return true;
  }
  switch (route) {
    case "POST /api/export/request/zip":
      try {
        await transfers.startExport(query.get("includeStorage") === "true");
      } catch (thrown) {
        if (thrown instanceof ExportInProgress) throw new HttpRefusal(400, thrown.code, thrown.message);
        throw thrown;
      }
      sendJson(response, 200, null);
      return true;
    case "POST /api/import/start_upload":
      sendJson(response, 200, { uploadToken: transfers.startUpload() });
      return true;
    case "POST /api/import/upload_part": {
      const bytes = await readBody(request, hostLimits.pushBytes);
      sendJson(response, 200, transfers.uploadPart(query.get("uploadToken") ?? "", Number(query.get("partNumber")), bytes));
      return true;
    }
    case "POST /api/import/finish_upload":
      sendJson(response, 200, { importId: await transfers.finishUpload(parse(finishUploadBody, await readJson(request, hostLimits.requestBytes))) });
      return true;
    case "POST /api/perform_import":
      await transfers.perform(parse(performBody, await readJson(request, hostLimits.requestBytes)).importId);
      sendJson(response, 200, null);
      return true;
  }
  return false;
}

function parse<T>(shape: z.ZodType<T>, body: unknown): T {
  const parsed = shape.safeParse(body);
  if (!parsed.success) throw new HttpRefusal(400, "BadRequest", `The body is not as expected: ${z.prettifyError(parsed.error).slice(0, 1000)}`);
  return parsed.data;
}
