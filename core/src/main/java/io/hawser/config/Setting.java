package io.hawser.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says what the name, the type and the default of a record's component do not say about its key in a file.
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {
    /// Its key, where that cannot be a name in Java; by default the component's name in lower case with `_`,
    /// without a unit at its end.
    String name() default "";

    /// Whether the file has to say it, whatever the record's defaults are.
    boolean required() default false;

    /// Whether it is shown to nobody.
    boolean secret() default false;

    /// Whether it can be used already; a key that cannot is an error that says so.
    boolean supported() default true;
}
