/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.e2e.deployment;

import org.apache.flink.annotation.docs.Documentation;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.FallbackKey;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The options of Flink's configuration: those that the {@code …Options} classes of its jars
 * declare, and those that a list gives of jars that are not here. Says what is wrong with a key or
 * its value.
 */
final class FlinkOptionCatalog {

    /** One class of each jar with options that a cluster reads. */
    private static final List<Class<?>> JARS =
            List.of(RestOptions.class, CheckpointOptions.class, StreamExecutionEnvironment.class);

    private static final String NAME = "<name>";
    private static final String NAME_PATTERN = "[\\w-]+";

    private final Map<String, ConfigOption<?>> options = new HashMap<>();
    private final Map<String, String> currentNames = new HashMap<>();

    private FlinkOptionCatalog() {}

    static FlinkOptionCatalog load() {
        FlinkOptionCatalog catalog = new FlinkOptionCatalog();
        JARS.stream()
                .map(FlinkOptionCatalog::jarOf)
                .distinct()
                .flatMap(FlinkOptionCatalog::optionClassesIn)
                .forEach(catalog::addAllOf);
        ListedOptions.all().forEach(option -> catalog.options.put(option.key(), option));
        return catalog;
    }

    int size() {
        return options.size();
    }

    /** What is wrong with this entry of a configuration; nothing if Flink understands it. */
    Optional<String> problemWith(String key, String value) {
        ConfigOption<?> option = optionOf(key);
        if (option == null) {
            String hint =
                    currentNames.containsKey(key) ? "; it is now " + currentNames.get(key) : "";
            return Optional.of("'" + key + "' is no option of Flink" + hint);
        }
        try {
            Configuration.fromMap(Map.of(option.key(), value)).getOptional(option);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("'" + key + "' cannot be '" + value + "': " + e.getMessage());
        }
    }

    private ConfigOption<?> optionOf(String key) {
        ConfigOption<?> exact = options.get(key);
        if (exact != null) {
            return exact;
        }
        return options.entrySet().stream()
                .filter(entry -> entry.getKey().contains(NAME))
                .filter(entry -> isInstanceOf(entry.getKey(), key))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static boolean isInstanceOf(String pattern, String key) {
        return key.matches(("\\Q" + pattern + "\\E").replace(NAME, "\\E" + NAME_PATTERN + "\\Q"));
    }

    private void addAllOf(Class<?> holder) {
        Stream.of(holder.getDeclaredFields())
                .filter(field -> field.getType() == ConfigOption.class)
                .filter(field -> Modifier.isPublic(field.getModifiers()))
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .filter(field -> !field.isAnnotationPresent(Deprecated.class))
                .forEach(field -> add(prefixOf(field), optionIn(field)));
    }

    private void add(String prefix, ConfigOption<?> option) {
        options.put(prefix + option.key(), option);
        for (FallbackKey old : option.fallbackKeys()) {
            currentNames.put(prefix + old.getKey(), prefix + option.key());
        }
    }

    /** Where an option is one of several things that have names, such as a reporter. */
    private static String prefixOf(Field field) {
        return Stream.<AnnotatedElement>of(field, field.getDeclaringClass())
                .map(element -> element.getAnnotation(Documentation.SuffixOption.class))
                .filter(suffix -> suffix != null)
                .map(suffix -> suffix.value() + '.')
                .findFirst()
                .orElse("");
    }

    private static ConfigOption<?> optionIn(Field field) {
        try {
            return (ConfigOption<?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path jarOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Class<?>> optionClassesIn(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith("Options.class"))
                    .map(name -> name.replace('/', '.').replaceFirst("\\.class$", ""))
                    .<Class<?>>map(FlinkOptionCatalog::load)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, FlinkOptionCatalog.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
