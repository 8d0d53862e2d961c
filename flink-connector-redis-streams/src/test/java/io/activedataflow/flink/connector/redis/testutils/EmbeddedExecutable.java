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

package io.activedataflow.flink.connector.redis.testutils;

import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Unpacks the server program that comes with the build's dependencies. */
final class EmbeddedExecutable {

    private static final String ORIGIN = "embedded";

    private EmbeddedExecutable() {}

    /**
     * The program for this machine. On x86-64 Linux the 64-bit one needs glibc 2.34 and OpenSSL 3;
     * where these are missing the statically linked 32-bit one takes its place.
     */
    static RedisServerBinary find() {
        return unpack(ExecutableProvider.newProvidedVersionsMap())
                .or(EmbeddedExecutable::findStatic32)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "No embedded Redis server runs on "
                                                + System.getProperty("os.name")
                                                + ' '
                                                + System.getProperty("os.arch")
                                                + "; the log says why."));
    }

    /** The stand-in on x86-64 Linux; on other systems the same as ever. */
    static Optional<RedisServerBinary> findStatic32() {
        Map<OsArchitecture, String> programs =
                new HashMap<>(ExecutableProvider.newProvidedVersionsMap());
        programs.put(OsArchitecture.UNIX_x86_64, programs.get(OsArchitecture.UNIX_x86));
        return unpack(programs);
    }

    private static Optional<RedisServerBinary> unpack(Map<OsArchitecture, String> programs) {
        try {
            Path directory = TempDirectories.createUntilExit("redis-executable-");
            Path program =
                    ExecutableProvider.newJarResourceProvider(directory::toFile, programs)
                            .get()
                            .toPath();
            return ExecutableProbe.probe(ORIGIN, program);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack the embedded Redis server.", e);
        }
    }
}
