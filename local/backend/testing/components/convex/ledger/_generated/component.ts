/* eslint-disable */
/**
 * Generated `ComponentApi` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type { FunctionReference } from "convex/server";

/**
 * A utility for referencing a Convex component's exposed API.
 *
 * Useful when expecting a parameter like `components.myComponent`.
 * Usage:
 * ```ts
 * async function myFunction(ctx: QueryCtx, component: ComponentApi) {
 *   return ctx.runQuery(component.someFile.someQuery, { ...args });
 * }
 * ```
 */
export type ComponentApi<Name extends string | undefined = string | undefined> =
  {
    lib: {
      callBack: FunctionReference<
        "mutation",
        "internal",
        { handle: string; later: boolean },
        any,
        Name
      >;
      page: FunctionReference<
        "query",
        "internal",
        {
          paginationOpts: {
            numItems: number;
            cursor: string | null;
            endCursor?: string | null;
            id?: number;
            maximumRowsRead?: number;
            maximumBytesRead?: number;
          };
        },
        any,
        Name
      >;
      peek: FunctionReference<"query", "internal", { id: string }, any, Name>;
      record: FunctionReference<
        "mutation",
        "internal",
        { account: string; amount: number; parent?: string },
        string,
        Name
      >;
      recordLater: FunctionReference<
        "mutation",
        "internal",
        { account: string; amount: number },
        string,
        Name
      >;
      recordThenFail: FunctionReference<
        "mutation",
        "internal",
        { account: string; amount: number; parent?: string },
        any,
        Name
      >;
      scheduled: FunctionReference<
        "query",
        "internal",
        { id: string },
        any,
        Name
      >;
      surroundings: FunctionReference<"query", "internal", {}, any, Name>;
      total: FunctionReference<
        "query",
        "internal",
        { account: string },
        number,
        Name
      >;
      viaAction: FunctionReference<
        "action",
        "internal",
        { account: string; amount: number },
        any,
        Name
      >;
    };
  };
