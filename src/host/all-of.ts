/** Several works at once. */

/** What all of them come to. Of several that fail, the first is told once all have ended: what is open by then has its undo. */
export async function allOf<const Works extends readonly unknown[]>(
  works: Works,
): Promise<{ -readonly [Index in keyof Works]: Awaited<Works[Index]> }> {
  await Promise.allSettled(works)
  return await Promise.all(works)
}
