import { makeFunctionReference, type PaginationOptions, type PaginationResult } from "convex/server";

/** The app's functions, as clients and convex-test name them. */
export const itemsFill = makeFunctionReference<"mutation", { from: number; count: number; group: number }, null>("items:fill");
export const itemsPage = makeFunctionReference<"query", { from: number }, { title: string }[]>("items:page");
export const itemsPaginated = makeFunctionReference<"query", { from: number; paginationOpts: PaginationOptions }, PaginationResult<{ title: string }>>("items:paginated");
export const itemsScreen = makeFunctionReference<"query", { group: number }, { title: string }[]>("items:screen");
export const itemsRetitle = makeFunctionReference<"mutation", { group: number; title: string }, null>("items:retitle");
