import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { runConvex } from "../support/convex-cli";
import { leftOver } from "../support/processes";
import { copyProject, type ProjectCopy } from "../support/project-copy";
import { startStack, temporaryHome, type Stack } from "../support/stack";

const patience = { timeout: 60_000, interval: 250 };
const envFileOf = (home: string) => path.join(home, "convex.env");
const portsOf = (home: string) =>
  JSON.parse(readFileSync(path.join(home, "ports.json"), "utf8")) as { backend: number; site: number };
const probe = makeFunctionReference<"query", Record<string, never>, string>("probe:answer");
const probeModule = (answer: string) => `
import { query } from "./_generated/server";
export const answer = query({ args: {}, handler: async () => { console.log("the probe was asked"); return "${answer}"; } });
`;
const httpModule = `
import { httpRouter } from "convex/server";
import { httpAction } from "./_generated/server";
const http = httpRouter();
http.route({ path: "/probe", method: "POST", handler: httpAction(async (_, request) =>
  new Response("heard " + await request.text(), { status: 201, headers: { "X-Probe": "yes" } })) });
export default http;
`;

/** The texts of generated files, by name. */
const generatedIn = (root: string) => {
  const folder = path.join(root, "convex", "_generated");
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), "utf8")]));
};

// One start, in a copy of the project that is edited while it runs.
describe.runIf(process.platform === "linux")("npm run dev", () => {
  const home = temporaryHome();
  let project: ProjectCopy;
  let stack: Stack;
  let generatedBefore: Record<string, string>;
  const ask = () => new ConvexHttpClient(`http://127.0.0.1:${portsOf(home).backend}`, { logger: false }).query(probe, {});
  const convex = (...args: string[]) => runConvex(project.root, args);
  const write = (file: string, text: string) => writeFileSync(path.join(project.root, file), text);

  beforeAll(async () => {
    project = copyProject();
    generatedBefore = generatedIn(project.root);
    stack = await startStack(home, { LINEARTIME_ENV_LOCAL: "write" }, { root: project.root, script: "dev" });
  });
  afterAll(async () => {
    await stack?.dispose();
    project?.dispose();
  });

  it("finds the generated code as it would generate it", () => {
    expect(generatedIn(project.root)).toEqual(generatedBefore);
  });

  it("serves a page's new text, and tells open pages of it", async () => {
    const heard: string[] = [];
    const socket = new WebSocket(`${stack.url.replace("http", "ws")}/_next/hmr?id=test`, { origin: stack.url });
    socket.on("message", (data: Buffer) => heard.push(data.toString()));
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    const layout = path.join(project.root, "app", "(auth)", "layout.tsx");
    const page = async () => (await fetch(`${stack.url}/sign-in`)).text();
    expect(await page()).toContain("Life is bigger than a week.");
    writeFileSync(layout, readFileSync(layout, "utf8").replace("Life is bigger than a week.", "This text is new."));
    await expect.poll(page, patience).toContain("This text is new.");
    await expect.poll(() => heard.join("\n"), patience).toContain("serverComponentChanges");
    socket.close();
  });

  it("pushes a function as soon as it is written, and shows its log", async () => {
    write("convex/http.ts", httpModule);
    write("convex/probe.ts", probeModule("one"));
    await expect.poll(() => ask().catch(String), patience).toBe("one");
    await expect.poll(stack.output, patience).toMatch(/convex │ .*probe:answer.*the probe was asked/);
  });

  it("names a mistake, goes on with what there was, and takes the next version", async () => {
    write("convex/probe.ts", "export const answer = ;");
    await expect.poll(stack.output, patience).toMatch(/convex │ .*probe\.ts/);
    expect(await ask()).toBe("one");
    write("convex/probe.ts", probeModule("two"));
    await expect.poll(() => ask().catch(String), patience).toBe("two");
  });

  it("answers HTTP actions", async () => {
    const response = await fetch(`http://127.0.0.1:${portsOf(home).site}/probe`, { method: "POST", body: "a notification" });
    expect(response.status).toBe(201);
    expect(response.headers.get("x-probe")).toBe("yes");
    expect(await response.text()).toBe("heard a notification");
  });

  it("is found by the stock command line, through .env.local or a named file", async () => {
    const [ran, tables, spec, named] = await Promise.all([
      convex("run", "probe:answer"),
      convex("data", "--env-file", envFileOf(home)),
      convex("function-spec"),
      runConvex(project.root, ["logs", "--history", "100"], "the probe was asked"),
    ]);
    expect(ran.stdout).toContain('"two"');
    expect(tables).toMatchObject({ code: 0 });
    expect(spec.stdout).toMatch(/"identifier": "probe\.js:answer"/);
    expect(named.stdout + named.stderr).toContain("the probe was asked");
  });

  it("takes variables from the stock command line", async () => {
    expect(await convex("env", "set", "BATCH_SIZE", "20")).toMatchObject({ code: 0 });
    expect((await convex("env", "get", "BATCH_SIZE")).stdout.trim()).toBe("20");
    expect((await convex("env", "list", "--names-only")).stdout.split("\n")).toContain("BATCH_SIZE");
  });

  it("lets the stock command line generate and deploy, and changes no file by it", async () => {
    const before = generatedIn(project.root);
    expect(await convex("codegen")).toMatchObject({ code: 0 });
    expect(await convex("deploy")).toMatchObject({ code: 0 });
    expect(generatedIn(project.root)).toEqual(before);
    expect(await ask()).toBe("two");
    const envLocal = readFileSync(path.join(project.root, ".env.local"), "utf8");
    expect(envLocal.match(/^[A-Z_]+(?==)/gm)).toEqual(["CONVEX_SELF_HOSTED_URL", "CONVEX_SELF_HOSTED_ADMIN_KEY"]);
  });

  it("leaves no process behind", async () => {
    stack.process.kill("SIGINT");
    expect(await leftOver(home)).toEqual([]);
  });
});

describe.runIf(process.platform === "linux")("a second instance", () => {
  const stacks: Stack[] = [];
  afterAll(async () => {
    for (const stack of stacks) await stack.dispose();
  });

  it("with a state folder of its own runs beside the first, and knows nothing of it", async () => {
    const sign = (url: string, way: "sign-up" | "sign-in") =>
      fetch(`${url}/api/auth/${way}`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Origin: url },
        body: JSON.stringify({ email: "nora@example.com", password: "a long enough password", name: "Nora" }),
      });
    const first = await startStack();
    stacks.push(first);
    const second = await startStack(temporaryHome(), { PORT: new URL(first.url).port });
    stacks.push(second);
    expect(second.url).not.toBe(first.url);
    expect(new Set([...Object.values(portsOf(first.home)), ...Object.values(portsOf(second.home))]).size).toBe(8);
    expect((await sign(first.url, "sign-up")).ok).toBe(true);
    expect((await sign(second.url, "sign-in")).ok).toBe(false);
    expect((await sign(first.url, "sign-in")).ok).toBe(true);
  });
});
