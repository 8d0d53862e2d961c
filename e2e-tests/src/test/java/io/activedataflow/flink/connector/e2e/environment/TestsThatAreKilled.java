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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts two processes, stops one of them, prints their numbers and waits for its own end. */
final class TestsThatAreKilled {

    private TestsThatAreKilled() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        Reaper reaper = Reaper.start();
        reaper.watch(folder);
        Path log = folder.resolve("log");
        OsProcess running = start(log, reaper);
        OsProcess paused = start(log, reaper);
        paused.signal("STOP");
        System.out.println(running.pid() + " " + paused.pid());
        System.in.read();
    }

    private static OsProcess start(Path log, Reaper reaper) {
        return OsProcess.start("sleeper", List.of("sleep", "300"), Map.of(), log, reaper);
    }
}
