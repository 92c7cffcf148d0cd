import { Logo } from "@/components/ui/logo";
import { Skeleton } from "@/components/ui/skeleton";

/** The shape of the workspace before the browser has told who looks. */
export function ShellSkeleton() {
  return (
    <div className="flex h-dvh overflow-hidden" aria-busy="true">
      <div className="flex w-(--rail) shrink-0 flex-col border-r border-line narrow:hidden">
        <div className="flex h-(--topbar) items-center gap-2.5 pl-4 text-14 font-semibold tracking-[-0.01em]">
          <Logo className="size-4" />
          LinearTime
        </div>
        <div className="flex flex-col gap-3 px-4 pt-2">
          <Skeleton className="h-4 w-2/5" />
          <Skeleton className="h-4 w-1/2" />
        </div>
      </div>
      <div className="flex flex-1 flex-col">
        <div className="flex h-(--topbar) items-center border-b border-line bg-surface px-4">
          <Skeleton className="h-5 w-44" />
        </div>
        <div className="flex-1 bg-surface" />
      </div>
    </div>
  );
}
