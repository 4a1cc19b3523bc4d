/** An adjusted p-value below this is significant. */
export const significance = 0.05
