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

package io.activedataflow.flink.connector.e2e.quickstart;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The quick start: {@code ./mvnw -Pquickstart}. Ends with exit code 0 only if every order and every
 * broken record has come out of the Flink job exactly once.
 */
public final class QuickStart {

    private static final int NOT_EXACTLY_ONCE = 1;
    private static final int BROKEN = 2;

    private QuickStart() {}

    public static void main(String[] args) {
        PrintStream screen = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(QuickStartSettings.fromSystemProperties(), screen));
    }

    private static int run(QuickStartSettings settings, PrintStream screen) {
        try (QuickStartRun run = QuickStartRun.start(settings, screen)) {
            boolean exactlyOnce = run.toVerdicts().stream().allMatch(Verdict::isExactlyOnce);
            if (settings.keepRunning()) {
                run.stayUp();
            }
            return exactlyOnce ? 0 : NOT_EXACTLY_ONCE;
        } catch (Exception e) {
            screen.println();
            screen.println("The quick start broke before it could come to a verdict:");
            e.printStackTrace(screen);
            screen.println("The log may say more: " + settings.logFile());
            return BROKEN;
        }
    }
}
