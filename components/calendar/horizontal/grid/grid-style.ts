import type { CSSProperties } from "react";
import type { YearGeometry } from "../layout/geometry";

type CustomProperties = CSSProperties & Record<`--${string}`, string | number>;

/** The edges of the year for its style sheet. */
export function geometryStyle({ day, row, lane, bar, head, label, font }: YearGeometry): CustomProperties {
  return {
    "--day": `${day}px`,
    "--row": `${row}px`,
    "--lane": `${lane}px`,
    "--bar": `${bar}px`,
    "--head": `${head}px`,
    "--label": `${label}px`,
    "--font": `${font}px`,
  };
}

/** Puts something into a column. */
export function columnStyle(column: number): CustomProperties {
  return { "--c": column };
}

/** Puts a bar over days in a lane. */
export function barStyle({ column, days, lane }: { column: number; days: number; lane: number }): CustomProperties {
  return { "--c": column, "--n": days, "--l": lane };
}
