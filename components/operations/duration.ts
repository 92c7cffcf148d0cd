const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A duration as it is measured: `180 ms`, `0.6 s`, `12 s`, `4 min 02 s`, `3 h 05 min`, `2 h`. */
export function durationLabel(ms: number): string {
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < 10 * SECOND) return `${(ms / SECOND).toFixed(1)} s`;
  if (ms < MINUTE) return `${Math.round(ms / SECOND)} s`;
  const [large, small, units] = ms < HOUR ? [MINUTE, SECOND, ["min", "s"]] : [HOUR, MINUTE, ["h", "min"]];
  const whole = Math.floor(ms / large);
  const rest = Math.floor((ms - whole * large) / small);
  if (rest === 0) return `${whole} ${units[0]}`;
  return `${whole} ${units[0]} ${String(rest).padStart(2, "0")} ${units[1]}`;
}

/** A share as people read it: `0 %`, `0.42 %`, `12 %`. */
export function shareLabel(share: number): string {
  const percent = share * 100;
  if (percent === 0) return "0 %";
  return `${percent < 1 ? percent.toFixed(2) : percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}
