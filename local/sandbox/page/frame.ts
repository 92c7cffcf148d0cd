import { type Answer } from "../serving/exchange";
import { html, type Html } from "./html";

/** A page as an answer. */
export type PageAnswer = Answer;

export interface PageContent {
  title: string;
  status: number;
  body: Html;
  /** One column, for a single question. */
  narrow?: boolean;
  /** Other origins to which a form of the page may lead, by redirection. */
  formTargets?: readonly string[];
}

/** The frame of every page: the product's tokens and manner, and a line that says what this is. */
export function page({ title, status, body, narrow = false, formTargets = [] }: PageContent): PageAnswer {
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · LinearTime sandbox</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/tokens.css" />
        <link rel="stylesheet" href="/assets/sandbox.css" />
        ${narrow ? "" : html`<script src="/assets/sandbox.js" defer></script>`}
      </head>
      <body class="${narrow ? "narrow" : "wide"}">
        <header>
          <a class="brand" href="/">
            <svg aria-hidden="true" viewBox="0 0 16 16" width="16" height="16" fill="currentColor">
              <rect x="6" y="0" width="10" height="4" rx="1" /><rect class="live" x="0" y="6" width="10" height="4" rx="1" /><rect x="0" y="12" width="16" height="4" rx="1" />
            </svg>
            LinearTime sandbox
          </a>
          <p><span class="badge">Sandbox</span> A stand-in on your machine. Nobody here is real, and nothing leaves this computer.</p>
        </header>
        <main>${body}</main>
      </body>
    </html>`;
  return {
    status,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      "Content-Security-Policy": `default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; form-action ${["'self'", ...formTargets].join(" ")}`,
      "Referrer-Policy": "same-origin",
      "X-Content-Type-Options": "nosniff",
    },
    body: document.text,
  };
}
