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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out what a server program can do by running it. */
final class ExecutableProbe {

    private static final Logger LOG = LoggerFactory.getLogger(ExecutableProbe.class);

    private ExecutableProbe() {}

    /** The program as a binary, or nothing (and a log line with the reason) if it does not run. */
    static Optional<RedisServerBinary> probe(String origin, Path program) {
        try {
            String said = run(program, "--version");
            if (!said.startsWith("Redis server")) {
                LOG.warn("{} does not run here: {}", program, said.strip());
                return Optional.empty();
            }
            return Optional.of(
                    new RedisServerBinary(
                            origin, program, RedisVersion.parse(said), hasTls(program)));
        } catch (IOException e) {
            LOG.warn("{} does not run here: {}", program, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Asks for TLS without a certificate: a program with TLS complains of the certificate and ends,
     * one without complains of the option and ends.
     */
    private static boolean hasTls(Path program) throws IOException {
        return run(program, "--port", "0", "--tls-port", "1", "--save", "")
                .contains("Failed to configure TLS");
    }

    private static String run(Path program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }
}
