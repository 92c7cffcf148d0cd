export { dispatch } from "../../../../../convex/sync/dispatcher";
