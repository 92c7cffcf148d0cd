import type { MonthShape } from "../layout/month-shape";
import { barStyle } from "./grid-style";

/** Where bars of a month that is still loading stand: any pattern that does not look like one. */
function places(shape: MonthShape) {
  return Array.from({ length: 6 }, (_, index) => ({
    column: shape.offset + index * 4 + (shape.month % 3),
    days: 2 + ((index * 7 + shape.month) % 4),
    lane: index % 2,
  }));
}

/** The shape of a month whose events are not there yet. */
export function SkeletonBars({ shape }: { shape: MonthShape }) {
  return places(shape).map((place) => <span key={`${place.column} ${place.lane}`} style={barStyle(place)} className="year-bar starts ends is-loading" />);
}
