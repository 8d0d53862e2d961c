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

package io.activedataflow.flink.connector.recordfile.format.compression;

import io.activedataflow.flink.connector.recordfile.testing.Compressor;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Callable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The libraries are optional; who needs one is told which. */
@Timeout(60)
class MissingLibraryTest {

    private static final byte[] CONTENT = Contents.lines(100, 1);

    @ParameterizedTest
    @CsvSource({
        "XZ, org.tukaani:xz",
        "ZSTD, com.github.luben:zstd-jni",
        "SNAPPY_FRAMED, org.xerial.snappy:snappy-java",
        "SNAPPY_BLOCKS, org.xerial.snappy:snappy-java",
        "BZIP2, org.apache.commons:commons-compress"
    })
    void missingLibraryIsNamed(Compressor compressor, String library) throws Exception {
        byte[] stored = compressor.compress(CONTENT);

        assertThatThrownBy(() -> readWithoutLibraries(compressor.fileName(), stored))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "The file memory:/%s is compressed with %s, for which the library %s is"
                                + " needed. It is missing or cannot be loaded (",
                        compressor.fileName(), compressor.compression(), library)
                .hasMessageEndingWith("Add it to the job's jar.");
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "LZ4", "LZ4_SMALL_BLOCKS"})
    void othersNeedNone(Compressor compressor) throws Exception {
        assertThat(readWithoutLibraries(compressor.fileName(), compressor.compress(CONTENT)))
                .isEqualTo(CONTENT);
    }

    private static byte[] readWithoutLibraries(String name, byte[] stored) throws Exception {
        Class<?> reading =
                new WithoutLibraries(MissingLibraryTest.class.getClassLoader())
                        .loadClass(Reading.class.getName());
        Object instance =
                reading.getConstructor(String.class, byte[].class).newInstance(name, stored);
        return (byte[]) ((Callable<?>) instance).call();
    }

    /** What is done where the libraries are missing. */
    public static final class Reading implements Callable<byte[]> {

        private final String name;
        private final byte[] stored;

        public Reading(String name, byte[] stored) {
            this.name = name;
            this.stored = stored;
        }

        @Override
        public byte[] call() throws Exception {
            return Contents.read(name, stored);
        }
    }

    /** Has the connector's classes, and none of the libraries. */
    private static final class WithoutLibraries extends ClassLoader {

        private static final String OURS = "io.activedataflow.";
        private static final List<String> MISSING =
                List.of(
                        "org.tukaani.",
                        "com.github.luben.",
                        "org.xerial.",
                        "org.apache.commons.compress.");

        private WithoutLibraries(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (MISSING.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith(OURS)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            String file = name.replace('.', '/') + ".class";
            try (InputStream bytes = getParent().getResourceAsStream(file)) {
                byte[] code = bytes.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
