/// The official OpenAI SDK on any handler of HTTP.
@NullMarked
package io.hawser.openai;

import org.jspecify.annotations.NullMarked;
