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

package io.activedataflow.flink.connector.e2e.environment;

import io.activedataflow.flink.connector.redis.testutils.Await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.command.TopContainerResponse;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A container as a process: killed and started again it is the same one, with its files. */
final class ContainerProcess implements ManagedProcess {

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration DEATH = Duration.ofSeconds(30);

    private final ContainerSpec spec;
    private final FlinkProcess.Readiness readiness;
    private final GenericContainer<?> container;
    private int runs;

    /** A container that is not started yet. */
    ContainerProcess(ContainerSpec spec, Network network, FlinkProcess.Readiness readiness) {
        this.spec = spec;
        this.readiness = readiness;
        this.container = spec.toContainer(network);
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public void start() {
        awaitReady(launch());
    }

    /** Starts it without waiting, so that others can start meanwhile; returns the run. */
    synchronized int launch() {
        if (isRunning()) {
            throw new IllegalStateException(name() + " runs already. Kill it first.");
        }
        runs++;
        if (runs == 1) {
            container.start();
        } else {
            docker().startContainerCmd(container.getContainerId()).exec();
        }
        return runs;
    }

    /** Returns when the run answers. */
    void awaitReady(int run) {
        Await.until(
                name() + " to answer",
                START,
                () -> readiness.isReady(run) || !isRunning(),
                this::log);
        if (!isRunning()) {
            throw new IllegalStateException(name() + " has ended by itself:\n" + log());
        }
    }

    @Override
    public synchronized void kill() {
        if (!isRunning()) {
            return;
        }
        if (Boolean.TRUE.equals(state().getPaused())) {
            // The engine lets nobody kill what is paused.
            resume();
        }
        docker().killContainerCmd(container.getContainerId()).withSignal("KILL").exec();
        Await.until(name() + " to be gone", DEATH, () -> !isRunning());
    }

    @Override
    public void pause() {
        docker().pauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void resume() {
        docker().unpauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public boolean isRunning() {
        return container.getContainerId() != null && Boolean.TRUE.equals(state().getRunning());
    }

    @Override
    public long residentBytes() {
        if (!isRunning()) {
            return 0;
        }
        TopContainerResponse processes =
                docker().topContainerCmd(container.getContainerId())
                        .withPsArgs("-o pid,rss")
                        .exec();
        return sum(processes.getTitles(), processes.getProcesses());
    }

    /** The sum of all processes in the container, which the engine has in kilobytes. */
    static long sum(String[] titles, String[][] processes) {
        int column = Arrays.asList(titles).indexOf("RSS");
        if (column < 0) {
            throw new IllegalStateException(
                    "The engine has no RSS among " + Arrays.toString(titles) + '.');
        }
        return Arrays.stream(processes)
                .mapToLong(process -> Long.parseLong(process[column]) * 1024)
                .sum();
    }

    @Override
    public String log() {
        return container.getContainerId() == null ? "" : container.getLogs();
    }

    /**
     * Runs a program in the container.
     *
     * @return what it has written to standard output and error
     * @throws IllegalStateException if it ends with an error
     */
    String execute(List<String> command) {
        try {
            ExecResult result = container.execInContainer(command.toArray(String[]::new));
            String text = result.getStdout() + result.getStderr();
            if (result.getExitCode() != 0) {
                throw new IllegalStateException(
                        String.join(" ", command)
                                + " ended with exit code "
                                + result.getExitCode()
                                + ", after writing:\n"
                                + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + command.get(0) + " in " + name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a program ran in " + name(), e);
        }
    }

    @Override
    public void close() {
        container.stop();
    }

    @Override
    public String toString() {
        return name();
    }

    private ContainerState state() {
        return docker().inspectContainerCmd(container.getContainerId()).exec().getState();
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }
}
