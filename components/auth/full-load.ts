/** Goes to a path of this site with a full page load: nothing of the old session stays in memory. */
export function fullLoad(path: string): void {
  window.location.assign(new URL(path, window.location.origin).href);
}
