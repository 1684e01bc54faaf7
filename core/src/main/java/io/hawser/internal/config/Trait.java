package io.hawser.internal.config;

import io.hawser.config.Setting;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/// What is particular about a setting.
record Trait(boolean isRequired, boolean isSecret, boolean isSupported, boolean isSize) {
    static final Trait NONE = new Trait(false, false, true, false);
    static final String STARS = "\"***\"";

    static Trait of(RecordComponent component) {
        boolean isSize = SettingKeys.isSize(component);
        @Nullable Setting setting = component.getAnnotation(Setting.class);
        return setting == null
                ? new Trait(false, false, true, isSize)
                : new Trait(setting.required(), setting.secret(), setting.supported(), isSize);
    }
}
