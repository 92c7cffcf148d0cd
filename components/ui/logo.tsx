/** The mark: three bars of a linear calendar, the middle one live. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" className={className} fill="currentColor">
      <rect x="6" y="0" width="10" height="4" rx="1" />
      <rect x="0" y="6" width="10" height="4" rx="1" className="fill-accent" />
      <rect x="0" y="12" width="16" height="4" rx="1" />
    </svg>
  );
}
