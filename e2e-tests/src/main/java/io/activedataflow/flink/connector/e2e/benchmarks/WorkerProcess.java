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

package io.activedataflow.flink.connector.e2e.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link Worker} seen from outside; idle between runs. */
final class WorkerProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 10;

    private final Role role;
    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    WorkerProcess(Role role, String host, int port, Dataset dataset) throws IOException {
        this.role = role;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of(
                        "-classpath",
                        System.getProperty("java.class.path"),
                        Worker.class.getName(),
                        role.id(),
                        host,
                        Integer.toString(port),
                        Integer.toString(dataset.fields()),
                        Long.toString(dataset.entries())));
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        orders =
                new BufferedWriter(
                        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    Role role() {
        return role;
    }

    /** Runs the contestant once. */
    Measurement run() throws IOException {
        orders.write("run\n");
        orders.flush();
        String line = answers.readLine();
        while (line != null && !Measurement.isLine(line)) {
            System.out.println(role.id() + ": " + line);
            line = answers.readLine();
        }
        if (line == null) {
            throw new IllegalStateException(
                    "The run of '" + role.id() + "' failed; see its error above.");
        }
        return Measurement.parse(line);
    }

    /** It ends by itself when there are no more orders, or else is ended. */
    @Override
    public void close() {
        try (orders;
                answers) {
            orders.close();
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            // It has ended already.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
