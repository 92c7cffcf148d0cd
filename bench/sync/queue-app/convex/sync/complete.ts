export { succeed } from "../../../../../convex/sync/complete";
