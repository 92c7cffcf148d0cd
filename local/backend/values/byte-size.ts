const UNITS = ["B", "KiB", "MiB", "GiB"] as const;

/** A number of bytes as Convex's messages give it: `1.05 MiB`, `16 MiB`, `101 B`. */
export function formatBytes(bytes: number): string {
  let [size, unit] = [bytes, 0];
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${Number(size.toFixed(2))} ${UNITS[unit]}`;
}
