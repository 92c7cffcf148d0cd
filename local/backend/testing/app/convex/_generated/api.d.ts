/* eslint-disable */
/**
 * Generated `api` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type * as confinement from "../confinement.js";
import type * as crons from "../crons.js";
import type * as histories from "../histories.js";
import type * as http from "../http.js";
import type * as isolation from "../isolation.js";
import type * as jobs from "../jobs.js";
import type * as limits from "../limits.js";
import type * as marks from "../marks.js";
import type * as nesting from "../nesting.js";
import type * as nodeJobs from "../nodeJobs.js";
import type * as notes from "../notes.js";
import type * as samples from "../samples.js";

import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";

declare const fullApi: ApiFromModules<{
  confinement: typeof confinement;
  crons: typeof crons;
  histories: typeof histories;
  http: typeof http;
  isolation: typeof isolation;
  jobs: typeof jobs;
  limits: typeof limits;
  marks: typeof marks;
  nesting: typeof nesting;
  nodeJobs: typeof nodeJobs;
  notes: typeof notes;
  samples: typeof samples;
}>;

/**
 * A utility for referencing Convex functions in your app's public API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = api.myModule.myFunction;
 * ```
 */
export declare const api: FilterApi<
  typeof fullApi,
  FunctionReference<any, "public">
>;

/**
 * A utility for referencing Convex functions in your app's internal API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = internal.myModule.myFunction;
 * ```
 */
export declare const internal: FilterApi<
  typeof fullApi,
  FunctionReference<any, "internal">
>;

export declare const components: {};
