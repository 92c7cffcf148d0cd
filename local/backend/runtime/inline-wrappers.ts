/** What the source of an inline query imports: bundled into one module for the default runtime, see `program.ts`. */
export { internalQueryGeneric as internalQuery, queryGeneric as query } from "convex/server";
