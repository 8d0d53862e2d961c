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

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Options that are written down with their types, as the classes that declare them are not here.
 */
final class ListedOptions {

    private static final String LIST = "/operator-options.properties";

    private ListedOptions() {}

    static Stream<ConfigOption<?>> all() {
        Properties list = new Properties();
        try (InputStream in = ListedOptions.class.getResourceAsStream(LIST)) {
            list.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return list.stringPropertyNames().stream()
                .map(key -> option(key, list.getProperty(key).strip()));
    }

    private static ConfigOption<?> option(String key, String type) {
        ConfigOptions.OptionBuilder option = ConfigOptions.key(key);
        return switch (type) {
            case "Boolean" -> option.booleanType().noDefaultValue();
            case "Integer" -> option.intType().noDefaultValue();
            case "Double" -> option.doubleType().noDefaultValue();
            case "Duration" -> option.durationType().noDefaultValue();
            case "MemorySize" -> option.memoryType().noDefaultValue();
            case "Map" -> option.mapType().noDefaultValue();
            case "List" -> option.stringType().asList().noDefaultValue();
            case "String", "Enum" -> option.stringType().noDefaultValue();
            default -> throw new IllegalArgumentException(key + " is of no known type: " + type);
        };
    }
}
