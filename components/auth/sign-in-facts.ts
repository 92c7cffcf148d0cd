/** How people sign in, as the server that renders a page tells the browser. */
export type SignInFacts =
  | { readonly mode: "local" }
  | {
      readonly mode: "clerk";
      readonly publishableKey: string;
      /** Of the page's Content-Security-Policy: Clerk's own script needs it. */
      readonly nonce: string;
    };
