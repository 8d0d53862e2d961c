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

package io.activedataflow.flink.connector.recordfile.source.reader.deserializer;

import io.activedataflow.flink.connector.recordfile.RecordFileError;
import io.activedataflow.flink.connector.recordfile.source.reader.TestRecord;
import io.activedataflow.flink.connector.recordfile.source.reader.TestSchemaContext;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.table.api.DataTypes;
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

    /** Loads the classes of the connector anew, and does not find some others. */
    private static final class Without extends ClassLoader {

        private static final String CONNECTOR = RecordFileError.class.getPackageName() + '.';

        private final String missing;

        Without(String missing) {
            super(OptionalDependencyTest.class.getClassLoader());
            this.missing = missing;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(missing)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith(CONNECTOR)) {
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

    public static final class RowsOfTables implements Callable<Object> {
        @Override
        public Object call() {
            return RecordFileRowDataSchema.of(DataTypes.ROW(DataTypes.FIELD("a", DataTypes.INT())));
        }
    }

    public static class Numbers {
        public int a;
        public String b;
    }

    /** Sends schemas with functions to a task manager, so to speak. */
    public static final class EverythingElse implements Callable<Object> {
        @Override
        public Object call() throws Exception {
            RecordFileDeserializationSchema<String> schema =
                    InstantiationUtil.clone(
                            RecordFileDeserializationSchema.map()
                                    .map(map -> map.get("a"), Types.STRING)
                                    .withMetadata((text, record) -> text, Types.STRING));
            TestRecord record = TestRecord.ofText("a", "1", "b", "x");
            Numbers numbers =
                    new SchemaRun<>(RecordFileDeserializationSchema.pojo(Numbers.class))
                            .readOne(record);
            RecordFileTimestamps timestamps = RecordFileTimestamps.column("a");
            timestamps.open(TestSchemaContext.refusing());
            return new SchemaRun<>(schema).readOne(record)
                    + numbers.a
                    + numbers.b
                    + timestamps.extract(record);
        }
    }

    private static Object callWithout(String missing, Class<? extends Callable<Object>> callable)
            throws Exception {
        Class<?> reloaded = new Without(missing).loadClass(callable.getName());
        return ((Callable<?>) reloaded.getDeclaredConstructor().newInstance()).call();
    }

    @Test
    void saysWhatToAdd() {
        assertThatThrownBy(() -> callWithout("org.apache.flink.table.runtime.", RowsOfTables.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("This schema needs flink-table-runtime")
                .hasMessageContaining("org.apache.flink:flink-table-runtime");
    }

    @Test
    void leavesEverythingElseUsable() throws Exception {
        assertThat(callWithout("org.apache.flink.table.", EverythingElse.class)).isEqualTo("11x1");
    }

    @Test
    void blamesNoLibraryForWhatTheUsersOwnClassLacks() {
        NoClassDefFoundError error = new NoClassDefFoundError("com/example/Missing");

        assertThatThrownBy(
                        () ->
                                OptionalDependency.using(
                                        "flink-table-runtime",
                                        () -> {
                                            throw error;
                                        },
                                        "org/apache/flink/table/runtime/"))
                .isSameAs(error);
    }
}
