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

/**
 * A server or a Flink process that a scenario can do harm to.
 *
 * <p>It keeps its name, its addresses and its data over {@link #kill()} and {@link #start()}. All
 * methods may be called by any thread. {@link #close()} ends the process in whatever state it is,
 * and a second time does nothing.
 */
public interface ManagedProcess extends AutoCloseable {

    /** What logs and failure messages call it, such as {@code taskmanager-2}. */
    String name();

    /**
     * Starts it again after {@link #kill()}, and returns when it answers.
     *
     * @throws IllegalStateException if it runs, or does not come to answer
     */
    void start();

    /** SIGKILL, a paused one too; returns when it is gone. */
    void kill();

    /** SIGSTOP: connections stay open and nothing is answered until {@link #resume()}. */
    void pause();

    /** SIGCONT, after {@link #pause()}. */
    void resume();

    /** Whether it is there, be it paused. */
    boolean isRunning();

    /** The memory it has in RAM now. */
    long residentBytes();

    /** Everything all its runs have logged so far. */
    String log();

    @Override
    void close();
}
