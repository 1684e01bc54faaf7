package io.hawser;

import java.util.Collection;

/// A handler that hands over to others, such as a router: they stay visible to those who look for what
/// else they are.
///
/// Thread: immutable.
public interface Composite {
    /// Those that it may hand over to.
    Collection<?> handlers();
}
