/**
 * An adjusted p-value below this is significant: of a hundred runs in which nothing differs, one may say that
 * something does.
 */
export const significance = 0.01
