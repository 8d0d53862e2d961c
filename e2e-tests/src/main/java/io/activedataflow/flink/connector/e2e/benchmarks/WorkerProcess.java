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

import javax.annotation.Nullable;

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
import java.util.function.Predicate;

/** A JVM that runs one contestant, once for each line it gets, seen from outside. */
public final class WorkerProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 10;

    private final String name;
    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    /**
     * @param name for messages
     * @param worker what runs in it
     * @param heap the size of the heap, such as {@code 2g}, or null for that of this JVM; fixed, as
     *     Flink fixes that of its processes
     * @param arguments for the worker
     */
    public WorkerProcess(
            String name, Class<?> worker, @Nullable String heap, List<String> arguments)
            throws IOException {
        this.name = name;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        if (heap != null) {
            command.add("-Xms" + heap);
            command.add("-Xmx" + heap);
        }
        command.addAll(
                List.of("-classpath", System.getProperty("java.class.path"), worker.getName()));
        command.addAll(arguments);
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        orders =
                new BufferedWriter(
                        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Runs the contestant once. */
    Measurement run() throws IOException {
        return Measurement.parse(run(Measurement::isLine));
    }

    /** Runs the contestant once and returns the line with the result; prints all others. */
    public String run(Predicate<String> isResult) throws IOException {
        orders.write("run\n");
        orders.flush();
        String line = answers.readLine();
        while (line != null && !isResult.test(line)) {
            System.out.println(name + ": " + line);
            line = answers.readLine();
        }
        if (line == null) {
            throw new IllegalStateException(
                    "The run of '" + name + "' failed; see its error above.");
        }
        return line;
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
