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

package io.activedataflow.flink.connector.amps.standin;

import io.activedataflow.flink.connector.amps.testutils.FrameSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class AmpsStandInMainITCase {

    private static Process start(String... arguments) throws Exception {
        // Nothing but its own classes: the test-jar has to do without anything else.
        Path classes =
                Path.of(
                        AmpsStandIn.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", classes.toString(), AmpsStandInMain.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static List<String> untilReady(BufferedReader out) throws Exception {
        List<String> lines = new ArrayList<>();
        String line = out.readLine();
        while (line != null && !line.equals("ready")) {
            lines.add(line);
            line = out.readLine();
        }
        return lines;
    }

    @Test
    void runsByItselfUntilItsInputEnds() throws Exception {
        Process process =
                start("--name", "x", "--preload", "3x50", "T", "--websocket", "--admin-port", "0");
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> lines = untilReady(out);
            assertThat(lines).hasSize(3);
            assertThat(lines.get(1)).startsWith("admin http://127.0.0.1:");
            assertThat(lines.get(2)).startsWith("websocket ws://127.0.0.1:");
            int port = URI.create(lines.get(0).replace("amps ", "")).getPort();
            try (FrameSocket client = FrameSocket.loggedOn(port, "client")) {
                client.send(
                        "{\"c\":\"subscribe\",\"t\":\"T\",\"cid\":\"1\",\"bookmark\":\"0\","
                                + "\"filter\":\"/id = 3\"}");
                String message = client.receive();
                assertThat(message).contains("{\"id\":3,\"text\":\"xxx");
                assertThat(message.substring(message.indexOf('}') + 1)).hasSize(50);
            }
            process.getOutputStream().close();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void stopsWhenToldToTerminate() throws Exception {
        Process process = start();
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(untilReady(out)).hasSize(1);
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
