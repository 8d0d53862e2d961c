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

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Redis server program that runs on this machine, with the version it reports itself.
 *
 * <p>There is always the embedded one, from the build's dependencies (6.2), and where the
 * distribution has {@code redis-server} of another version, that one too. Tests that must hold on
 * both take {@link #available()} as their method source; see {@link EachRedis}.
 *
 * <p>Further programs, for example of a newer Redis, are named by the system property {@code
 * redis.executables}, separated like the entries of {@code PATH}; {@code -Dredis.embeddedOnly=true}
 * leaves the distribution's out.
 *
 * @param origin {@code embedded}, {@code distribution} or {@code named}
 * @param executable the program
 * @param version what {@code --version} says
 * @param supportsTls whether the program was built with TLS
 */
public record RedisServerBinary(
        String origin, Path executable, RedisVersion version, boolean supportsTls) {

    /** Names further server programs to run the tests against. */
    public static final String EXECUTABLES_PROPERTY = "redis.executables";

    /** Set to {@code true} to run as on a machine without a distribution's server. */
    public static final String EMBEDDED_ONLY_PROPERTY = "redis.embeddedOnly";

    private static final Logger LOG = LoggerFactory.getLogger(RedisServerBinary.class);

    private static final List<String> USUAL_PLACES =
            List.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin");

    /** The one from the build's dependencies, unpacked once per JVM. */
    public static RedisServerBinary embedded() {
        return Found.EMBEDDED;
    }

    /** The distribution's {@code redis-server}, if there is one. */
    public static Optional<RedisServerBinary> distribution() {
        return Found.DISTRIBUTION;
    }

    /** All programs to run tests against, one per version; the embedded one comes first. */
    public static List<RedisServerBinary> available() {
        return Found.ALL;
    }

    /** The newest of {@link #available()}, for tests for which one version is enough. */
    public static RedisServerBinary newest() {
        return Found.ALL.stream().max((a, b) -> a.version().compareTo(b.version())).orElseThrow();
    }

    /** Names the program in the display name of a parameterised test. */
    @Override
    public String toString() {
        return origin + " Redis " + version;
    }

    /** What was found on this machine; looked for once, when first asked for. */
    private static final class Found {

        private static final RedisServerBinary EMBEDDED = EmbeddedExecutable.find();
        private static final Optional<RedisServerBinary> DISTRIBUTION = findDistribution();
        private static final List<RedisServerBinary> ALL = findAll();

        private static Optional<RedisServerBinary> findDistribution() {
            if (Boolean.getBoolean(EMBEDDED_ONLY_PROPERTY)) {
                return Optional.empty();
            }
            String path = System.getenv().getOrDefault("PATH", "");
            return Stream.concat(Stream.of(path.split(File.pathSeparator)), USUAL_PLACES.stream())
                    .filter(directory -> !directory.isEmpty())
                    .map(directory -> Path.of(directory, "redis-server"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .flatMap(program -> ExecutableProbe.probe("distribution", program));
        }

        private static List<RedisServerBinary> findAll() {
            List<RedisServerBinary> all = new ArrayList<>();
            all.add(EMBEDDED);
            DISTRIBUTION.ifPresent(found -> addUnlessSameVersion(all, found));
            for (String named :
                    System.getProperty(EXECUTABLES_PROPERTY, "").split(File.pathSeparator)) {
                if (!named.isEmpty()) {
                    addUnlessSameVersion(all, named(named));
                }
            }
            if (all.size() == 1) {
                LOG.warn(
                        "Running against the {} only; a newer redis-server on the PATH would be"
                                + " tested too.",
                        EMBEDDED);
            } else {
                LOG.info("Running against {}.", all);
            }
            return List.copyOf(all);
        }

        private static RedisServerBinary named(String program) {
            return ExecutableProbe.probe("named", Path.of(program))
                    .orElseThrow(
                            () ->
                                    new IllegalStateException(
                                            "-D"
                                                    + EXECUTABLES_PROPERTY
                                                    + " names '"
                                                    + program
                                                    + "', which does not run as a Redis server."
                                                    + " Correct or remove it."));
        }

        private static void addUnlessSameVersion(
                List<RedisServerBinary> all, RedisServerBinary found) {
            if (all.stream().noneMatch(known -> known.version().equals(found.version()))) {
                all.add(found);
            }
        }
    }
}
