import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { variableNames } from "../lib/environment/validate";
import { variables } from "../lib/environment/variables";

const root = path.resolve(import.meta.dirname, "..");
const read = (name: string) => readFileSync(path.join(root, name), "utf8");
const compose = read("docker-compose.yml");
const dockerfile = read("Dockerfile");
const guide = read("docs/deploy.md");
const readBy = (reader: "next" | "convex") => variableNames.filter((name) => variables[name].readers.some((each) => each === reader));

/** What the images of PostgreSQL and of Convex read themselves, by their own documentation. */
const ofImages = [
  "POSTGRES_USER",
  "POSTGRES_PASSWORD",
  "POSTGRES_DB",
  "INSTANCE_NAME",
  "INSTANCE_SECRET",
  "POSTGRES_URL",
  "DO_NOT_REQUIRE_SSL",
  "CONVEX_CLOUD_ORIGIN",
  "CONVEX_SITE_ORIGIN",
  "ACTIONS_USER_TIMEOUT_SECS",
  "REDACT_LOGS_TO_CLIENT",
  "DISABLE_BEACON",
  "NEXT_PUBLIC_DEPLOYMENT_URL",
];

const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = ""]) => found);
const set = matches(compose, /^ {6}([A-Z_]+):/gm);
const substituted = matches(compose, /\$\{([A-Z_]+)/g);

describe("docker-compose.yml", () => {
  it("sets and takes only variables that are known", () => {
    expect([...set, ...substituted].filter((name) => ![...variableNames, ...ofImages].includes(name))).toEqual([]);
  });

  it("gives the web server every variable that it reads", () => {
    const web = compose.slice(compose.indexOf("\n  web:"), compose.indexOf("\nvolumes:"));
    const wanted = readBy("next").filter((name) => !("embeddedOnly" in variables[name]));
    expect(matches(web, /^ {6}([A-Z_]+):/gm).sort()).toEqual(wanted.sort());
  });

  it("pins images, the backend and the dashboard to the same release", () => {
    const images = matches(compose, /^ {4}image: (\S+)$/gm);
    expect(images).toHaveLength(3);
    for (const image of images) expect(image).toMatch(/:(?:[0-9a-f]{40}|\d+\.\d+\S*)$/);
    expect(new Set(matches(compose, /get-convex\/convex-\w+:(\S+)/g)).size).toBe(1);
  });

  it("publishes on this machine's loopback only", () => {
    const published = matches(compose, /^ {6}- "(.+:\d+)"$/gm);
    expect(published).toHaveLength(4);
    for (const port of published) expect(port).toMatch(/^127\.0\.0\.1:/);
  });
});

describe("Dockerfile", () => {
  it("copies only what is there, and nothing that .dockerignore leaves out", () => {
    const sources = matches(dockerfile, /^COPY (?!--from)(.+)$/gm).flatMap((files) => files.split(" ").slice(0, -1));
    const left = read(".dockerignore").split("\n");
    expect(sources.filter((source) => !existsSync(path.join(root, source)) || left.includes(source))).toEqual([]);
  });

  it("pins its base image and does not run as root", () => {
    expect(matches(dockerfile, /^FROM (\S+)/gm)[0]).toMatch(/^node:\d+\.\d+-/);
    expect(dockerfile.slice(dockerfile.lastIndexOf("\nFROM"))).toMatch(/^USER node$/m);
  });
});

describe("docs/deploy.md", () => {
  it.each([...new Set([...readBy("next"), ...readBy("convex")])])("says what %s has to be", (name) => {
    expect(guide).toContain(`\`${name}\``);
  });

  it("names scripts that exist", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    expect(matches(guide, /npm run ([a-z]+)/g).filter((name) => !(name in scripts))).toEqual([]);
  });
});
