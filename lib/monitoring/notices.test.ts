import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { mayTryAgain, slackMessage, type AlertChange } from "./notices";
import { postNotice } from "./post-notice";

const change = (more: Partial<AlertChange> = {}): AlertChange => ({
  event: "opened",
  title: "Work has been given up",
  message: "Work for nora@example.com was given up (server_error).",
  severity: "warning",
  openedAt: 1,
  ...more,
});

describe("the message to the receiver of alerts", () => {
  it("says what opened, the critical first, and what is over", () => {
    const { text } = slackMessage([
      change({ event: "closed", title: "Many jobs are waiting", message: "1,000 or more jobs are waiting." }),
      change(),
      change({ severity: "critical", title: "An account is behind", message: "A calendar is 2 h late.", openedAt: 5 }),
    ]);
    expect(text.split("\n")).toEqual([
      "*LinearTime*: 2 alerts opened, 1 alert closed",
      ":red_circle: *An account is behind*. A calendar is 2 h late.",
      ":warning: *Work has been given up*. Work for nora@example.com was given up (server_error).",
      ":white_check_mark: Over: Many jobs are waiting. 1,000 or more jobs are waiting.",
    ]);
  });

  it("folds a flood into a few lines and a count by heading", () => {
    const { text } = slackMessage(Array.from({ length: 500 }, (_, openedAt) => change({ openedAt })));
    const lines = text.split("\n");
    expect(lines).toHaveLength(12);
    expect(lines.at(-1)).toBe("… and 490 more: Work has been given up ×490");
    expect(text.length).toBeLessThan(2_000);
  });

  it("lets no name of an account become a mention or a link", () => {
    expect(slackMessage([change({ message: "<!channel> & <https://x|y>" })]).text).toContain("&lt;!channel&gt; &amp; &lt;https://x|y&gt;");
  });

  it("is tried eight times", () => {
    expect([1, 7, 8].map(mayTryAgain)).toEqual([true, true, false]);
  });
});

describe("sending it", () => {
  const servers: Server[] = [];
  afterEach(() => servers.splice(0).forEach((server) => (server.closeAllConnections(), server.close())));
  const receiver = (answer: RequestListener): Promise<string> =>
    new Promise((resolve) => {
      const server = createServer(answer).listen(0, "127.0.0.1", () => {
        const address = server.address();
        resolve(`http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/hook`);
      });
      servers.push(server);
    });
  const policy = { allowPrivate: true, ownPorts: [] };

  it("succeeds with 2xx, and gives the receiver the JSON that it reads", async () => {
    let body = "";
    const address = await receiver((request, response) => {
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => response.end("ok"));
    });
    expect(await postNotice(address, { text: "hello" }, policy)).toBe(true);
    expect(JSON.parse(body)).toEqual({ text: "hello" });
  });

  it("fails with 500, with a receiver that hangs, and with one that is not there", async () => {
    expect(await postNotice(await receiver((_, response) => response.writeHead(500).end()), { text: "" }, policy)).toBe(false);
    expect(await postNotice(await receiver(() => undefined), { text: "" }, policy, 100)).toBe(false);
    expect(await postNotice("http://127.0.0.1:1/", { text: "" }, policy)).toBe(false);
  });

  it("goes to no address that users may not name either", async () => {
    expect(await postNotice("http://169.254.169.254/", { text: "" }, policy)).toBe(false);
  });
});
