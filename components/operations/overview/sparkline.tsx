const WIDTH = 180;
const HEIGHT = 28;

/** A line of values, as wide as its place, straight on where there is none. It says nothing that words beside it do not. */
export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const most = Math.max(...values.map((value) => value ?? 0), 1e-9);
  const x = (index: number) => (index / Math.max(1, values.length - 1)) * WIDTH;
  const y = (value: number) => HEIGHT - 2 - (value / most) * (HEIGHT - 4);
  const points = values.flatMap((value, index) => (value === null ? [] : [`${x(index).toFixed(1)} ${y(value).toFixed(1)}`]));
  // The tail of no length makes a single value a dot.
  const path = points.length === 0 ? "" : `M${points.join("L")}h0.01`;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" className="block h-7 w-full overflow-visible">
      <path d={path} fill="none" stroke="var(--text-2)" strokeWidth={points.length === 1 ? 4 : 1.25} strokeLinecap="round" strokeLinejoin="round" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
