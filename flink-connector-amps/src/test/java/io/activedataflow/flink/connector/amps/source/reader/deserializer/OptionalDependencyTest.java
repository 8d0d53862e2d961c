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

package io.activedataflow.flink.connector.amps.source.reader.deserializer;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class OptionalDependencyTest {

    /** Loads the classes of this package anew, and finds neither Flink's formats nor Avro. */
    private static final class WithoutFormats extends ClassLoader {

        private static final String PACKAGE = OptionalDependencyTest.class.getPackageName() + '.';

        WithoutFormats() {
            super(OptionalDependencyTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.apache.avro.")
                    || name.startsWith("org.apache.flink.formats.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith(PACKAGE)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    public static final class Json implements Callable<Object> {
        @Override
        public Object call() {
            return AmpsDeserializationSchema.json(String.class);
        }
    }

    public static final class Avro implements Callable<Object> {
        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Object call() {
            // Whatever the class, what is missing is Avro.
            return AmpsDeserializationSchema.avro((Class) String.class);
        }
    }

    public static final class AvroGeneric implements Callable<Object> {
        @Override
        public Object call() {
            return AmpsDeserializationSchema.avroGeneric("{}");
        }
    }

    /** Sends a schema with functions to a task manager, so to speak. */
    public static final class EverythingElse implements Callable<Object> {
        @Override
        public Object call() throws Exception {
            AmpsDeserializationSchema<String> schema =
                    InstantiationUtil.clone(
                            AmpsDeserializationSchema.fixMap()
                                    .map(map -> map.get("1"), Types.STRING)
                                    .withMetadata((text, message) -> text, Types.STRING));
            return new SchemaRun<>(schema).readOne(TestMessages.messageOf("1=a"));
        }
    }

    private static Object callWithoutFormats(Class<? extends Callable<Object>> callable)
            throws Exception {
        Class<?> reloaded = new WithoutFormats().loadClass(callable.getName());
        return ((Callable<?>) reloaded.getDeclaredConstructor().newInstance()).call();
    }

    @Test
    void saysWhatToAdd() {
        assertThatThrownBy(() -> callWithoutFormats(Json.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("This schema needs flink-json")
                .hasMessageContaining("org.apache.flink:flink-json");
        assertThatThrownBy(() -> callWithoutFormats(Avro.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("This schema needs flink-avro");
        assertThatThrownBy(() -> callWithoutFormats(AvroGeneric.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("This schema needs flink-avro");
    }

    @Test
    void leavesEverythingElseUsable() throws Exception {
        assertThat(callWithoutFormats(EverythingElse.class)).isEqualTo("a");
    }

    @Test
    void blamesNoLibraryForWhatTheUsersOwnClassLacks() {
        NoClassDefFoundError error = new NoClassDefFoundError("com/example/Missing");

        assertThatThrownBy(
                        () ->
                                OptionalDependency.using(
                                        "flink-json",
                                        () -> {
                                            throw error;
                                        },
                                        "org/apache/flink/formats/json/"))
                .isSameAs(error);
    }
}
